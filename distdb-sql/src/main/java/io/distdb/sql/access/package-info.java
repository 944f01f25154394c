// SPDX-License-Identifier: MIT
/**
 * Who may do what: roles and their memberships, privileges and the lists of them that objects have,
 * password verifiers. Values and pure functions only: {@code catalog} keeps them, {@code analyze}
 * says what a statement demands, {@code session} asks whether its role has it. See docs/adr/0019.
 */
package io.distdb.sql.access;
