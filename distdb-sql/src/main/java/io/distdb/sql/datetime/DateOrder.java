// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

/** Which of three numbers is the year, the month and the day, where nothing else tells. */
public enum DateOrder {
  MDY,
  DMY,
  YMD
}
