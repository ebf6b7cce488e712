/** Alerts, dashboards and metrics, with Prometheus as their reader. */
@NullMarked
package dev.aquifer.e2e.monitoring;

import org.jspecify.annotations.NullMarked;
