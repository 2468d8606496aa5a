// Package rating keeps what people say of how they were served, once a case is over: five grades, with words, changeable
// for a while. Every bad one is called back by the head of the station within a few working days, who writes down what was
// said and what was put right. Whoever served the applicant is not shown who said what: a rating stands under a subject of
// its own, not in the case's timeline.
//
// Row M29. The days are what is usual, not what a law says.
package rating
