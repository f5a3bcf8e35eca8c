'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const parse = (id) => JSON.parse(byId(id).textContent);
  const { models, rules } = parse('models');
  let model, kept = null;

  // Everything from the input becomes text, never markup.
  function put(parent, tag, text, className) {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (className) node.className = className;
    parent.append(node);
    return node;
  }

  function choose(index, place) {
    model = parse('model' + index);
    kept = null;
    byId('choice').value = String(index);
    byId('picture').src = 'data:image/svg+xml,' + encodeURIComponent(model.picture);
    byId('picture').alt = 'picture of ' + models[index];
    byId('drawing').hidden = !model.picture;
    byId('from').textContent = model.file + ':' + model.line;
    fill('input', model.input, (i) => model.reached[i].length > 0, (i) => model.findings.filter((f) => f.line === i));
    fill('output', model.output, (i) => model.at[i] >= 0, () => []);
    const faults = byId('faults');
    faults.replaceChildren();
    for (const f of model.findings) if (f.line < 0) put(faults, 'li', f.severity + ': ' + f.text, f.severity);
    byId('story').replaceChildren();
    put(byId('story'), 'p', 'Point at a line, or choose one with the arrow keys. A click or Enter keeps it.', 'muted');
    if (place) keep(place.pane, place.row);
  }

  function fill(pane, lines, has, findings) {
    const list = byId(pane), first = pane === 'input' ? model.line : 1;
    const rows = lines.map((text, i) => {
      const row = document.createElement('div');
      row.className = has(i) ? 'row has' : 'row';
      row.setAttribute('role', 'option');
      row.id = pane + i;
      put(row, 'span', String(first + i), 'number');
      row.append(text || ' ');
      for (const f of findings(i)) put(row, 'span', '◀ ' + f.severity + ' ' + f.code, 'marks ' + f.severity).title = f.text;
      return row;
    });
    list.replaceChildren(...rows);
    list.scrollTop = 0;
    list.removeAttribute('aria-activedescendant');
  }

  // partners are the rows of the other pane that belong to a row.
  function partners(pane, row) {
    if (pane === 'input') return model.reached[row].map((i) => ['output', i]);
    const leaf = model.leaves[model.at[row]];
    if (!leaf) return [];
    return leaf.sources.map((i) => model.sources[i].line).filter((i) => i >= 0).map((i) => ['input', i]);
  }

  function light(pane, row) {
    for (const node of document.querySelectorAll('.lit')) node.classList.remove('lit');
    byId(pane + row).classList.add('lit');
    for (const [other, i] of partners(pane, row)) byId(other + i).classList.add('lit');
    byId(pane).setAttribute('aria-activedescendant', pane + row);
    tell(pane, row);
  }

  function keep(pane, row) {
    const node = byId(pane + row);
    if (!node) return;
    for (const other of document.querySelectorAll('.kept')) { other.classList.remove('kept'); other.removeAttribute('aria-selected'); }
    kept = { pane, row };
    light(pane, row);
    node.classList.add('kept');
    node.setAttribute('aria-selected', 'true');
    reveal(node);
    const [first] = partners(pane, row);
    if (first) reveal(byId(first[0] + first[1]));
    history.replaceState(null, '', '#' + byId('choice').value + '.' + pane + '.' + row);
  }

  // reveal scrolls a pane, and not the page.
  function reveal(node) {
    const pane = node.parentElement, top = node.offsetTop - pane.offsetTop;
    if (top < pane.scrollTop || top + node.offsetHeight > pane.scrollTop + pane.clientHeight) pane.scrollTop = top - pane.clientHeight / 3;
  }

  function tell(pane, row) {
    const story = byId('story');
    story.replaceChildren();
    if (pane === 'input') {
      const lines = model.reached[row].length;
      put(put(story, 'p'), 'b', model.input[row].trim() || ' ');
      put(story, 'p', lines === 0 ? 'No line of the output comes from this one alone.' : lines === 1 ? '1 line of the output comes from it.' : lines + ' lines of the output come from it.');
      for (const f of model.findings) if (f.line === row) put(story, 'p', f.severity + ': ' + f.text, f.severity);
      return;
    }
    const leaf = model.leaves[model.at[row]];
    if (!leaf) {
      put(story, 'p', 'This line only leads to others.', 'muted');
      return;
    }
    const rule = rules[leaf.rule];
    put(put(story, 'p'), 'b', leaf.path);
    const sources = leaf.sources.map((i) => model.sources[i]).filter((s) => !s.unset);
    if (sources.length) {
      put(story, 'p', 'comes from');
      const list = put(story, 'ul');
      for (const s of sources) put(list, 'li', s.text);
    }
    put(story, 'p', (rule.quirk ? 'quirk of the operator: ' : 'rule: ') + rule.text + ' (docs/behaviour/' + rule.section + ')');
    const ways = [...new Map(leaf.sources.map((i) => model.sources[i]).reverse().map((s) => [s.kind, s.remedy])).values()].reverse();
    if (rule.change) ways.push(rule.change);
    if (ways.length) {
      put(story, 'p', 'to change it');
      const list = put(story, 'ul');
      for (const way of ways) put(list, 'li', way);
    }
    if (leaf.opened) {
      put(story, 'p', 'holds');
      put(story, 'pre', leaf.opened);
    }
  }

  function rowOf(event) {
    const node = event.target instanceof Element ? event.target.closest('.row') : null;
    return node && { pane: node.parentElement.id, row: Number(node.id.slice(node.parentElement.id.length)) };
  }

  for (const pane of ['input', 'output']) {
    const list = byId(pane);
    list.addEventListener('mouseover', (event) => { const at = rowOf(event); if (at) light(at.pane, at.row); });
    list.addEventListener('mouseleave', () => { if (kept) light(kept.pane, kept.row); });
    list.addEventListener('click', (event) => { const at = rowOf(event); if (at) keep(at.pane, at.row); });
    list.addEventListener('keydown', (event) => {
      const rows = list.children.length, active = list.getAttribute('aria-activedescendant');
      let row = active ? Number(active.slice(pane.length)) : -1;
      if (event.key === 'ArrowDown') row++; else if (event.key === 'ArrowUp') row--;
      else if (event.key === 'Home') row = 0; else if (event.key === 'End') row = rows - 1;
      else if (event.key === 'PageDown') row += 20; else if (event.key === 'PageUp') row -= 20;
      else if ((event.key === 'Enter' || event.key === ' ') && row >= 0) { event.preventDefault(); keep(pane, row); return; }
      else return;
      event.preventDefault();
      row = Math.max(0, Math.min(rows - 1, row));
      light(pane, row);
      reveal(byId(pane + row));
    });
  }

  function offer(filter) {
    const choice = byId('choice'), words = filter.toLowerCase().split(/\s+/);
    choice.replaceChildren();
    models.forEach((name, i) => {
      if (words.every((word) => name.toLowerCase().includes(word))) put(choice, 'option', name).value = String(i);
    });
    return choice.options.length ? Number(choice.value) : -1;
  }

  byId('filter').addEventListener('input', (event) => { const first = offer(event.target.value); if (first >= 0) choose(first); });
  byId('choice').addEventListener('change', (event) => { choose(Number(event.target.value)); history.replaceState(null, '', '#' + event.target.value); });
  offer('');
  const [index, pane, row] = location.hash.slice(1).split('.');
  choose(Number(index) < models.length ? Number(index) : 0, row !== undefined ? { pane, row: Number(row) } : null);
})();
