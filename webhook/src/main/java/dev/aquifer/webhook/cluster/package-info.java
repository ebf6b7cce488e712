/** What is known of the cluster: SharedVolumes and Namespaces, kept up to date by watches. */
@NullMarked
package dev.aquifer.webhook.cluster;

import org.jspecify.annotations.NullMarked;
