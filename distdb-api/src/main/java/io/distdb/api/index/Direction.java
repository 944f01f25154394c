// SPDX-License-Identifier: MIT
package io.distdb.api.index;

/** Which end of a range comes first. */
public enum Direction {
  FORWARD,
  BACKWARD
}
