/// The order a person expects of names with numbers in them: p2 before p10.
package enum NaturalOrder {
    /// Whether `left` comes before `right`: runs of ASCII digits compare by value, everything
    /// else by Unicode scalar; names equal in that sense by scalar alone, so the order is total.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        var one = Array(left.unicodeScalars)[...]
        var other = Array(right.unicodeScalars)[...]
        while let first = one.first, let second = other.first {
            if isDigit(first), isDigit(second) {
                let leftDigits = one.prefix(while: isDigit).drop { $0 == "0" }
                let rightDigits = other.prefix(while: isDigit).drop { $0 == "0" }
                if leftDigits.count != rightDigits.count {
                    return leftDigits.count < rightDigits.count
                }
                if !leftDigits.elementsEqual(rightDigits) {
                    return leftDigits.lexicographicallyPrecedes(rightDigits)
                }
                one = one.drop(while: isDigit)
                other = other.drop(while: isDigit)
            } else if first == second {
                one = one.dropFirst()
                other = other.dropFirst()
            } else {
                return first < second
            }
        }
        if one.isEmpty != other.isEmpty { return one.isEmpty }
        return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }
}
