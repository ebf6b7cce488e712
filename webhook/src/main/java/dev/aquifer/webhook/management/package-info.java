/** What every long-running command has for kubelet and Prometheus: probes and metrics over plain HTTP. */
@NullMarked
package dev.aquifer.webhook.management;

import org.jspecify.annotations.NullMarked;
