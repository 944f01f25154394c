// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;

/** A column of a SELECT, over what FROM gives. */
record OutputColumn(String name, Expression expression, SourceSpan span) {}
