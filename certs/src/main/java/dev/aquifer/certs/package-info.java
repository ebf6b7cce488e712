/** Certificate authority, leaf certificates, requests and renewal rules; no Kubernetes, no HTTP. */
@NullMarked
package dev.aquifer.certs;

import org.jspecify.annotations.NullMarked;
