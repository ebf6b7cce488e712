/**
 * What node agents report of the datasets on their nodes: admission takes reports and keeps them in memory, the binder gathers
 * them from all replicas of admission and sums them up for each dataset. Nothing of it is stored, and no tenant reads it.
 */
@NullMarked
package dev.aquifer.webhook.report;

import org.jspecify.annotations.NullMarked;
