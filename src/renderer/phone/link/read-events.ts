/**
 * Server-sent events (WHATWG HTML, section 9.2) of a fetch: EventSource can't send a key in a header. Only `data` counts
 * here. Resolves when the stream ends, rejects when it breaks.
 */
export async function readEvents(body: ReadableStream<Uint8Array>, take: (data: string) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const lines = rest.split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      if (line !== '' || data.length === 0) continue;
      take(data.join('\n'));
      data = [];
    }
  }
}
