// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

/** What happens to referencing rows when the referenced key goes or changes. */
public enum ReferenceAction {
  /** Refused at the end of the statement, or of the transaction when deferred. */
  NO_ACTION("NO ACTION"),
  RESTRICT("RESTRICT"),
  CASCADE("CASCADE"),
  SET_NULL("SET NULL"),
  SET_DEFAULT("SET DEFAULT");

  private final String words;

  ReferenceAction(String words) {
    this.words = words;
  }

  /** As SQL writes it. */
  public String words() {
    return words;
  }
}
