/** Pages of Markdown as steps, and a shell that follows them: what tests of the guide and of the cases run pages with. */
@NullMarked
package dev.aquifer.e2e.pages;

import org.jspecify.annotations.NullMarked;
