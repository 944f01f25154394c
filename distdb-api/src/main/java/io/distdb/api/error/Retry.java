// SPDX-License-Identifier: MIT
package io.distdb.api.error;

/** Whether, and what, to try again after an error. */
public enum Retry {
  /** The same request fails again, or needs another remedy first. */
  NEVER,
  /** Nothing was applied: the whole transaction may be run again. */
  TRANSACTION,
  /** It may have been applied: ask for the outcome by the commit token before trying again. */
  ASK_FIRST
}
