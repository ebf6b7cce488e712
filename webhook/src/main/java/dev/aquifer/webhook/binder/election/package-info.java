/**
 * Which replica of the binder may write: it stands for a lease, and says for how long it surely holds it. What a leader
 * does is no part of it.
 */
@NullMarked
package dev.aquifer.webhook.binder.election;

import org.jspecify.annotations.NullMarked;
