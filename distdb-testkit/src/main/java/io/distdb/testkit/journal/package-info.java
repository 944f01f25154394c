// SPDX-License-Identifier: MIT
/**
 * The contract of the Journal port, and the crash check that every adapter must pass. Nothing here
 * knows the bytes of any adapter.
 */
package io.distdb.testkit.journal;
