// SPDX-License-Identifier: MIT
/** The Transport port: messages between nodes. */
package io.distdb.api.transport;
