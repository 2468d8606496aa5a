"use strict";
/* Passkeys: a form with data-passkey ("create" or "get") asks data-options for a challenge, has the browser answer it, and
   sends the answer as an ordinary form. Where the browser knows no passkeys the form stays hidden. */
(function () {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (b) => btoa(String.fromCharCode.apply(null, new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((c) => Object.assign({}, c, { id: bytes(c.id) }));

  async function answer(kind, options) {
    const o = Object.assign({}, options, { challenge: bytes(options.challenge) });
    if (kind === "create") {
      o.user = Object.assign({}, o.user, { id: bytes(o.user.id) });
      o.excludeCredentials = ids(o.excludeCredentials);
      const made = await navigator.credentials.create({ publicKey: o }), r = made.response;
      return { id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
        response: { clientDataJSON: text(r.clientDataJSON), attestationObject: text(r.attestationObject), transports: r.getTransports ? r.getTransports() : [] } };
    }
    o.allowCredentials = ids(o.allowCredentials);
    const got = await navigator.credentials.get({ publicKey: o }), r = got.response;
    return { id: got.id, rawId: text(got.rawId), type: got.type, clientExtensionResults: {},
      response: { clientDataJSON: text(r.clientDataJSON), authenticatorData: text(r.authenticatorData), signature: text(r.signature),
        userHandle: r.userHandle ? text(r.userHandle) : null } };
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const box = form.closest("[data-passkey-box]") || form;
    box.hidden = false;
    const button = form.querySelector('button[type="submit"]'), say = form.querySelector("[data-passkey-say]"), words = button.textContent;
    form.addEventListener("submit", async (e) => {
      if (form.elements.answer.value) return;
      e.preventDefault();
      if (!form.reportValidity()) return;
      button.disabled = true;
      say.textContent = "";
      try {
        const asked = await fetch(form.dataset.options, { method: "POST", headers: { Accept: "application/json" } });
        if (!asked.ok) throw new Error("refused");
        const ceremony = await asked.json();
        form.elements.answer.value = JSON.stringify(await answer(form.dataset.passkey, ceremony.options));
        form.elements.ceremony.value = ceremony.ceremony;
        form.submit();
      } catch (no) {
        button.disabled = false;
        button.textContent = words;
        say.textContent = no.name === "InvalidStateError" ? "这台设备已经有通行密钥了，不用再加。" :
          no.message === "refused" ? "没有连上，或者登录已经过期。请刷新再试。" : "没有完成。可以再按一次，也可以换一种办法。";
      }
    });
  });
})();
