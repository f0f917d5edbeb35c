// Elements of the page. What is unchanged is not written: WebKit drops the click on a button whose
// text was replaced between press and release.

export function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (element.getAttribute(key) !== String(value)) element.setAttribute(key, value);
  }
}

export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Properties, such as the value of an input.
export function assign(element, properties) {
  for (const [key, value] of Object.entries(properties)) {
    if (String(element[key]) !== String(value)) element[key] = value;
  }
}

export function svg(name, attributes, parent, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(element, attributes);
  if (text) element.textContent = text;
  parent.append(element);
  return element;
}
