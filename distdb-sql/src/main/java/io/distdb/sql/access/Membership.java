// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

/**
 * @param admin whether the member may make others members
 */
public record Membership(long role, long member, long grantor, boolean admin) {}
