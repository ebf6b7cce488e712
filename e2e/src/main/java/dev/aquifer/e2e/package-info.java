/** What tests on a real cluster drive it with. The packages of the tests, one for each subject, use it; it knows none of them. */
@NullMarked
package dev.aquifer.e2e;

import org.jspecify.annotations.NullMarked;
