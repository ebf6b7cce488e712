/**
 * What volumes with {@code readPath: Cached} need beside their pairs: origins, the lists of datasets that node agents are
 * told, their keys, and what nodes say of their caches.
 */
@NullMarked
package dev.aquifer.webhook.binder.caching;

import org.jspecify.annotations.NullMarked;
