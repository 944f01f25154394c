// SPDX-License-Identifier: MIT
/** Spring's JDBC on a database within the process. */
package io.distdb.clients.spring;
