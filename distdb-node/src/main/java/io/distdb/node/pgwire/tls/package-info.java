// SPDX-License-Identifier: MIT
/** Keys and certificates of the server, given or self-made. */
package io.distdb.node.pgwire.tls;
