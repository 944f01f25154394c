// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.type.SqlType;

/** A column of a table. */
public record TableColumn(String name, SqlType type, boolean notNull) {}
