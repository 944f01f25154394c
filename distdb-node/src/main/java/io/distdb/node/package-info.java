// SPDX-License-Identifier: MIT
/**
 * The composition root and the faces of a node: {@code config} says what to build, {@code
 * directory} owns the layout on disk, {@code wiring} builds, {@code cli} is the command line.
 * Nothing here decides about data.
 */
package io.distdb.node;
