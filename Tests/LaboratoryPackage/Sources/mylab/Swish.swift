import MyoTask

extension Tape {
    /// The operation `x · σ(x)`, element by element (Ramachandran, Zoph and Le 2017), made of the
    /// engine's own: gradients and products with Hessians follow from theirs.
    mutating func swish(_ x: Variable) -> Variable {
        multiply(x, map(x, .sigmoid))
    }
}
