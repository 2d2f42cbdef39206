// The library needs Reflect metadata before it loads (its dependency injection); so this is the one place that imports it.
import 'reflect-metadata';

export * from '@peculiar/x509';
