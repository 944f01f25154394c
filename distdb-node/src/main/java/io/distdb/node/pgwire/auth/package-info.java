// SPDX-License-Identifier: MIT
/** How a client proves who it is: SCRAM (RFC 5802, 7677) within PostgreSQL's messages. */
package io.distdb.node.pgwire.auth;
