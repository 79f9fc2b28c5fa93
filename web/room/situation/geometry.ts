// A map of one operation is tens of kilometres wide: a plane is near enough, with degrees of longitude shortened by the latitude's cosine. Nothing is drawn
// that the operation did not list; no border, no base map.

export type Point = readonly [number, number];

export interface Projection {
  (lonLat: Point): Point;
}

/** All positions of a GeoJSON geometry, in rings or lines. */
export function lines(geometry: { type: string; coordinates: unknown }): Point[][] {
  const c = geometry.coordinates;
  switch (geometry.type) {
    case 'Point':
      return [[c as Point]];
    case 'MultiPoint':
    case 'LineString':
      return [c as Point[]];
    case 'MultiLineString':
    case 'Polygon':
      return c as Point[][];
    case 'MultiPolygon':
      return (c as Point[][][]).flat();
    default:
      return [];
  }
}

/** Fits points into a picture with a margin; one point alone stands in the middle. */
export function fit(points: readonly Point[], width: number, height: number, margin = 24): Projection {
  const middle = points.reduce((sum, p) => sum + p[1], 0) / Math.max(1, points.length);
  const shorten = Math.cos((middle * Math.PI) / 180);
  const xs = points.map((p) => p[0] * shorten);
  const ys = points.map((p) => p[1]);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((width - 2 * margin) / Math.max(x1 - x0, 1e-4), (height - 2 * margin) / Math.max(y1 - y0, 1e-4));
  const [left, top] = [(width - scale * (x1 - x0)) / 2, (height - scale * (y1 - y0)) / 2];
  return ([lon, lat]) => [left + (lon * shorten - x0) * scale, top + (y1 - lat) * scale];
}

/** Kilometres that a length on the picture stands for; a degree of latitude is 111.2 km. */
export const kilometres = (project: Projection, at: Point, pixels: number): number => {
  const [, a] = project(at);
  const [, b] = project([at[0], at[1] + 0.01]);
  return (pixels / Math.abs(a - b)) * 1.112;
};
