// Run in every page before its own scripts: what it asked of its kernel, and whether all of it was answered and shown.
// A test that waits for this waits for what it needs, however slow machine or network are.
(() => {
  "use strict";
  const outstanding = new Set();
  let sent = 0;
  let passed = 0;
  const text = new TextDecoder();

  // A message as Jupyter writes it: JSON, or offsets of its parts and then the parts (v1.kernel.websocket.jupyter.org).
  const read = (data) => {
    try {
      if (typeof data === "string") return JSON.parse(data);
      const bytes = ArrayBuffer.isView(data) ? data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) : data;
      const view = new DataView(bytes);
      const parts = Number(view.getBigUint64(0, true));
      const at = Array.from({ length: parts }, (_, part) => Number(view.getBigUint64(8 * (part + 1), true)));
      const part = (number) => text.decode(new Uint8Array(bytes, at[number], at[number + 1] - at[number]));
      return {
        channel: part(0), header: JSON.parse(part(1)), parent_header: JSON.parse(part(2)), content: JSON.parse(part(4)),
      };
    } catch {
      return null; // not a kernel's wire
    }
  };

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...how) {
      super(...how);
      this.addEventListener("message", (event) => {
        passed += 1;
        const told = read(event.data);
        if (told?.header?.msg_type === "status" && told.content.execution_state === "idle")
          outstanding.delete(told.parent_header.msg_id);
      });
      this.addEventListener("close", () => outstanding.clear());
    }
    send(data) {
      const told = read(data);
      if (told?.channel === "shell") {
        outstanding.add(told.header.msg_id);
        sent += 1;
      }
      passed += 1;
      super.send(data);
    }
  };

  // Asked once a frame: nothing is outstanding, nothing is being worked out, and frames went by with nothing on the wire.
  let frames = 0;
  let seen = -1;
  const busy = () =>
    outstanding.size > 0 ||
    !document.querySelector(".wb-strip:not(.stale) .wb-card b") ||
    [...document.querySelectorAll(".wb-stop")].some((button) => button.checkVisibility());
  window.wire = {
    get sent() { return sent; },
    settled: () => {
      frames = passed === seen && !busy() ? frames + 1 : 0;
      seen = passed;
      return frames >= 4;
    },
  };
})();
