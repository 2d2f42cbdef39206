export const shootPhones = async () => undefined;
