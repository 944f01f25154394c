// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

/**
 * What the sessions of one database have done since it was opened.
 *
 * @param open sessions that there are now
 * @param begun sessions that there ever were
 * @param killed of them those that somebody ended
 * @param fatal of them those that a limit of time ended
 * @param sessionMicros how long all have lasted together
 * @param sinceMicros when the counting began, wall clock since 1970
 */
public record DatabaseRow(
    String name,
    int open,
    long begun,
    long killed,
    long fatal,
    long sessionMicros,
    SessionCounts counts,
    long sinceMicros) {}
