// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import org.antlr.v4.runtime.ParserRuleContext;

/** The statement's text, for the parts of it that are stored as they were written. */
record SourceText(String sql) {
  String of(ParserRuleContext context) {
    return sql.substring(context.getStart().getStartIndex(), context.getStop().getStopIndex() + 1);
  }
}
