/** The life of an installation: with Helm and without, upgraded and rolled back, with certificates that change. */
@NullMarked
package dev.aquifer.e2e.installation;

import org.jspecify.annotations.NullMarked;
