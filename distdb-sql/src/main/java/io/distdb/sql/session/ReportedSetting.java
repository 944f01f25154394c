// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/**
 * The value of a setting that a client is told without asking: PostgreSQL's ParameterStatus.
 *
 * @param name as PostgreSQL spells it: {@code DateStyle}
 */
public record ReportedSetting(String name, String value) {}
