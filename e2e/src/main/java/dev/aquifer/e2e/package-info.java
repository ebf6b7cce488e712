/** What tests on a real cluster drive it with. */
@NullMarked
package dev.aquifer.e2e;

import org.jspecify.annotations.NullMarked;
