/** Does what a plan says of pairs: makes claims and volumes, finishes their bindings, corrects and deletes them. */
@NullMarked
package dev.aquifer.webhook.binder.pairs;

import org.jspecify.annotations.NullMarked;
