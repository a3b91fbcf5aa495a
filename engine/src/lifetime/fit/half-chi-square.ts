/** Half of the 95 % quantile of chi-square with one degree: how far the log-likelihood falls at the end of an interval. */
export const HALF_CHI_SQUARE = 1.9207294103470625;
