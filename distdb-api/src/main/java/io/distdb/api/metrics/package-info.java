// SPDX-License-Identifier: MIT
/** What parts tell of themselves in numbers, for people and for monitoring. */
package io.distdb.api.metrics;
