// A vector of the widest registers; included once for each element type: T is the type, NAME(x)
// gives a name its suffix.

typedef T NAME(vector) __attribute__((vector_size(64), aligned(sizeof(T)), may_alias));

#define LANES ((long)(64 / sizeof(T)))
#define VECTOR_AT(p) (*(NAME(vector) *)(p))
#define CONSTANT_VECTOR_AT(p) (*(const NAME(vector) *)(p))
