/** The SharedVolume API, from which the CustomResourceDefinition is generated. */
@NullMarked
package dev.aquifer.webhook.api;

import org.jspecify.annotations.NullMarked;
