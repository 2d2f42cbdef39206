import { Button, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
}

/** Catches what a component throws: a sentence and a way out instead of a white page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Stack h="100%" align="center" justify="center" gap="md" p="xl" role="alert">
        <Title order={3}>The control room stopped working</Title>
        <Text c="dimmed" ta="center" maw={460}>
          The hub is not affected: it goes on recording. Reload this page to carry on watching.
        </Text>
        <Text size="xs" c="dimmed" ff="monospace" maw={640} ta="center">
          {error.message}
        </Text>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </Stack>
    );
  }
}
