(() => {
  const anchors = [[8, 48, 107], [74, 144, 201], [255, 255, 255], [222, 128, 52], [122, 52, 6]];
  const colour = share => {
    const at = (Math.max(-1, Math.min(1, share)) + 1) * 2, low = Math.min(3, Math.floor(at));
    return `rgb(${anchors[low].map((from, i) => Math.round(from + (at - low) * (anchors[low + 1][i] - from)))})`;
  };
  const drawn = /^(svg|g|rect|text)$/;
  const add = (parent, tag, attributes, words) => {
    const made = drawn.test(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    if (words !== undefined) made.textContent = words;
    parent.append(made);
    return made;
  };
  const start = figure => {
    const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    if (data.v !== 1) return;
    figure.dataset.live = 1;
    const still = figure.querySelector('img'), live = document.createElement('div'), frames = data.frames;
    live.className = 'hopwise-live';
    add(live, 'style', {}, `
      .hopwise-live{font:14px system-ui,sans-serif;padding:4px}
      .hopwise-live label{display:flex;gap:10px;align-items:center}
      .hopwise-live input{flex:1;min-width:0;height:32px}
      .hopwise-live input:focus-visible{outline:3px solid #1a73e8}
      .hopwise-live>div{display:flex;flex-wrap:wrap;gap:8px 24px}
      .hopwise-live svg{flex:1 1 260px;max-width:400px;min-width:0}
      .hopwise-live text{font:12px system-ui,sans-serif;fill:currentColor}
      .hopwise-live img{max-width:100%}
      .hopwise-live p{min-height:2.8em;margin:4px 0}
      @media print{.hopwise-live{display:none}[data-live]>img{display:inline!important}}`);
    const label = add(live, 'label', {}), at = add(label, 'span', { style: 'min-width:6em' });
    const range = add(label, 'input', { type: 'range', min: 0, max: frames.length - 1, step: 1, 'aria-label': data.name });
    const pictures = add(live, 'div', {}), words = add(live, 'p', {});
    const draws = [];
    if (frames[0].image) {
      const image = add(pictures, 'img', {});
      draws.push(frame => { image.src = frame.image; image.alt = frame.text; });
    } else {
      const side = 250 / Math.max(data.rows, data.columns), width = side * data.columns, height = side * data.rows;
      const map = add(pictures, 'svg', { viewBox: `0 0 300 ${height + 46}`, role: 'img' });
      add(map, 'text', { x: 20, y: 12 }, `${data.column} →`);
      add(map, 'text', { transform: `translate(12 ${18 + height}) rotate(-90)` }, `${data.row} →`);
      const cells = frames[0].values.map((_, i) => add(map, 'rect', { width: side, height: side,
        x: 20 + (i % data.columns) * side, y: 18 + Math.floor(i / data.columns) * side }));
      add(map, 'rect', { x: 20, y: 18, width, height, fill: 'none', stroke: 'currentColor', 'stroke-width': 0.5 });
      for (let i = data.groups; data.groups && i < data.rows; i += data.groups)
        add(map, 'rect', { x: 20, y: 17.5 + i * side, width, height: 1, fill: '#555' });
      for (let i = data.groups; data.groups && i < data.columns; i += data.groups)
        add(map, 'rect', { x: 19.5 + i * side, y: 18, width: 1, height, fill: '#555' });
      add(map, 'text', { x: 20, y: height + 36 }, `blue −${data.limit} · white 0 · brown ${data.limit}`);
      draws.push(frame => {
        cells.forEach((cell, i) => cell.setAttribute('fill', colour(frame.values[i] * data.unit / data.limit)));
        map.setAttribute('aria-label', `Map: ${frame.text}`);
      });
    }
    if (frames[0].share !== undefined) {
      const top = Math.max(...frames.map(frame => frame.share)) || 1, gap = 280 / frames.length, every = Math.ceil(frames.length / 12);
      const bars = add(pictures, 'svg', { viewBox: '0 0 300 230', role: 'img' });
      add(bars, 'text', { x: 10, y: 12 }, 'share of influence');
      const groups = frames.map((frame, i) => {
        const x = 10 + i * gap, height = 170 * frame.share / top, group = add(bars, 'g', {});
        add(group, 'rect', { x, y: 200 - height, width: gap * 0.75, height });
        if (frame.share === 0) add(group, 'text', { x: x + gap * 0.375, y: 197, 'text-anchor': 'middle' }, '0');
        if (i % every === 0) add(group, 'text', { x: x + gap * 0.375, y: 217, 'text-anchor': 'middle' }, frame.at);
        return group;
      });
      draws.push((frame, now) => {
        groups.forEach((group, i) => group.setAttribute('fill', i === now ? 'currentColor' : '#767b82'));
        bars.setAttribute('aria-label', `Bars: ${frame.text}`);
      });
    }
    const show = now => {
      const frame = frames[now];
      draws.forEach(draw => draw(frame, now));
      at.textContent = `${data.name} ${frame.at}`;
      words.textContent = frame.text;
      range.setAttribute('aria-valuetext', frame.text);
    };
    range.addEventListener('input', () => show(Number(range.value)));
    live.addEventListener('keydown', event => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && !['Tab', 'Escape', 'Enter'].includes(event.key)) event.stopPropagation();
    });
    range.value = data.start;
    show(data.start);
    still.style.display = 'none';
    still.before(live);
  };
  document.querySelectorAll('figure[data-hopwise-slider]:not([data-live])').forEach(start);
})();
