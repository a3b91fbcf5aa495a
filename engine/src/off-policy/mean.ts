/** Σ of values with Neumaier's compensation (1974): no digit is lost to large terms that cancel. O(n). */
export const sumOf = (values: Float64Array): number => {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
};

export const meanOf = (values: Float64Array): number => sumOf(values) / values.length;
