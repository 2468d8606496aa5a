// Package smpp hands messages to an operator's short message centre by SMPP 3.4, as the telephone companies' gateways take
// them: bound as transmitter, text in UCS-2, long texts in parts that telephones join. Every part has its answer before the
// next goes out, so that a cut connection leaves at most one part in doubt.
//
// Row M55.
package smpp
