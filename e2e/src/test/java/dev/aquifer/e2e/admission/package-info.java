/** What happens to pods at admission, and while it is away: however a pod comes to be, beside other injectors, in an outage. */
@NullMarked
package dev.aquifer.e2e.admission;

import org.jspecify.annotations.NullMarked;
