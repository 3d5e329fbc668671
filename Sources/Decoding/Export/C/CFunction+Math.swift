extension CFunction {
    /// Functions of one number.
    var mathText: String {
        switch self {
        case .exponential:
            """
            /* e^x by its series round 0, within a rounding error or two of double precision. */
            static double myotask_exp(double x)
            {
                static const double coefficients[14] = {
                    1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0,
                    1.0 / 362880.0, 1.0 / 40320.0, 1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0,
                    1.0 / 6.0, 0.5, 1.0, 1.0,
                };
                union { double number; uint64_t bits; } half, rest;
                double sum = 0.0, r;
                int n, i;
                if (!(x > -745.0)) return x != x ? x : 0.0;
                if (x > 709.0) x = 709.0;
                n = (int)(x * 1.4426950408889634 + (x < 0.0 ? -0.5 : 0.5));
                r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
                for (i = 0; i < 14; i++) sum = sum * r + coefficients[i];
                half.bits = (uint64_t)(1023 + n / 2) << 52;
                rest.bits = (uint64_t)(1023 + n - n / 2) << 52;
                return sum * half.number * rest.number;
            }
            """
        case .squareRoot:
            """
            /* The root of a number, correctly rounded, digit by digit (Sun's fdlibm). */
            static double myotask_sqrt(double x)
            {
                union { double number; uint64_t bits; } value;
                uint64_t rest, root = 0, sum = 0, digit = (uint64_t)1 << 53;
                double unit = 1.0;
                int exponent;
                if (!(x > 0.0)) return x < 0.0 ? 0.0 : x;
                if (x < 1e-300) {
                    x *= 1.8446744073709552e19;
                    unit = 2.3283064365386963e-10;
                }
                value.number = x;
                exponent = (int)(value.bits >> 52) - 1023;
                rest = (value.bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
                if (exponent & 1) {
                    rest += rest;
                    exponent -= 1;
                }
                rest += rest;
                while (digit != 0) {
                    const uint64_t next = sum + digit;
                    if (next <= rest) {
                        sum = next + digit;
                        rest -= next;
                        root += digit;
                    }
                    rest += rest;
                    digit >>= 1;
                }
                if (rest != 0) root += root & 1;
                value.bits = (root >> 1) + ((uint64_t)(1022 + exponent / 2) << 52);
                return value.number * unit;
            }
            """
        case .logarithm:
            """
            /* The natural logarithm by the series of the inverse hyperbolic tangent. */
            static double myotask_log(double x)
            {
                union { double number; uint64_t bits; } value;
                double s, power, sum = 0.0;
                int exponent = 0, i;
                if (!(x > 0.0)) {
                    /* Not a number below 0, minus infinity at 0. */
                    value.bits = (x == 0.0 ? (uint64_t)0xFFF0 : (uint64_t)0x7FF8) << 48;
                    return value.number;
                }
                if (x < 1e-300) {
                    x *= 1.8014398509481984e16;
                    exponent = -54;
                }
                value.number = x;
                exponent += (int)(value.bits >> 52) - 1023;
                value.bits = (value.bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1023 << 52;
                if (value.number > 1.4142135623730951) {
                    value.number *= 0.5;
                    exponent += 1;
                }
                s = (value.number - 1.0) / (value.number + 1.0);
                power = s;
                for (i = 1; i < 26; i += 2) {
                    sum += power / i;
                    power *= s * s;
                }
                return 2.0 * sum + exponent * 0.6931471805599453;
            }
            """
        case .errorFunction:
            """
            /* The error function by a series of terms that are all positive. */
            static double myotask_erf(double x)
            {
                const double a = x < 0.0 ? -x : x;
                double term = a, sum = a;
                int i;
                if (a > 6.0) return x < 0.0 ? -1.0 : 1.0;
                for (i = 1; i < 200 && term > sum * 1e-17; i++) {
                    term *= 2.0 * a * a / (2 * i + 1);
                    sum += term;
                }
                sum *= 1.1283791670955126 * myotask_exp(-a * a);
                return x < 0.0 ? -sum : sum;
            }
            """
        case .isFinite:
            """
            static int myotask_is_finite(float x)
            {
                union { float number; uint32_t bits; } value;
                value.number = x;
                return (value.bits >> 23 & 0xFF) != 0xFF;
            }
            """
        case .gelu:
            """
            static float myotask_gelu(float x)
            {
                return (float)(x * (1.0 + myotask_erf(x * 0.7071067811865475)) / 2.0);
            }
            """
        case .tanh:
            """
            static float myotask_tanh(float x)
            {
                const double a = x < 0.0f ? -(double)x : (double)x;
                const double e = myotask_exp(-2.0 * a);
                /* Near 0 the quotient would lose its digits. */
                const double y = a < 1e-4 ? a - a * a * a / 3.0 : (1.0 - e) / (1.0 + e);
                return (float)(x < 0.0f ? -y : y);
            }
            """
        case .sigmoid:
            """
            static float myotask_sigmoid(float x)
            {
                return (float)(1.0 / (1.0 + myotask_exp(-(double)x)));
            }
            """
        default: ""
        }
    }
}
