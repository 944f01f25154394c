// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;

/** A column of a result: its heading, and the type of its values. */
public record ResultColumn(String name, SqlType type) {}
