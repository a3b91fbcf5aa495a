/** Eigenvectors (columns) and values of a symmetric matrix by Jacobi's rotations (1846); for the few parameters of a model. */
export const eigen = (matrix: Float64Array, n: number) => {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q] as number;
        off += apq * apq;
        if (apq === 0) continue;
        const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(1, theta));
        const c = 1 / Math.hypot(1, t);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[k * n + p] as number, a[k * n + q] as number];
          a[k * n + p] = c * x - s * y;
          a[k * n + q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[p * n + k] as number, a[q * n + k] as number];
          a[p * n + k] = c * x - s * y;
          a[q * n + k] = s * x + c * y;
          const [i, j] = [v[k * n + p] as number, v[k * n + q] as number];
          v[k * n + p] = c * i - s * j;
          v[k * n + q] = s * i + c * j;
        }
      }
    }
    if (off < 1e-24) break;
  }
  return { vectors: v, values: Float64Array.from({ length: n }, (_, i) => a[i * n + i] as number) };
};
