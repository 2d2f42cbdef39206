/**
 * Version of the contract. Raised when a request, event or error changes in a way an older control room would
 * misread; both ends compare it at `hub.hello` and the control room says "reload" when they differ.
 */
export const CONTRACT_VERSION = 1;
