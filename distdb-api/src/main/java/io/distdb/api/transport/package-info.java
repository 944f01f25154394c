// SPDX-License-Identifier: MIT
/** The ports between nodes: messages that may be lost, and calls that have answers. */
package io.distdb.api.transport;
