/** Tests of the Helm chart. */
@NullMarked
package dev.aquifer.webhook.chart;

import org.jspecify.annotations.NullMarked;
