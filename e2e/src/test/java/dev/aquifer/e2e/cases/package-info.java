/** The five real deployments of {@code manifests/examples}, each as its example has it. What is of one case has its name in front. */
@NullMarked
package dev.aquifer.e2e.cases;

import org.jspecify.annotations.NullMarked;
