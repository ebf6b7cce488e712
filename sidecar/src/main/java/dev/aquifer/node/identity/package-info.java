/**
 * Who this process is to others: its key, the certificate that the authority gave it for its token, and whom it trusts. No
 * libraries but for JSON and logging; keys and tokens never leave memory but to the authority.
 */
@NullMarked
package dev.aquifer.node.identity;

import org.jspecify.annotations.NullMarked;
