/** The pages for readers: what they say is run, or compared with the code. */
@NullMarked
package dev.aquifer.e2e.guide;

import org.jspecify.annotations.NullMarked;
